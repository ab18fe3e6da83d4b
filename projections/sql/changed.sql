-- changed: one row per closed round of the panel's own but the first, descriptor and person whose
-- score after the round differs from the one before it: both scores, the difference, and whether
-- they had seen the group's figures, and others' reasons, or had heard it discussed in a room, when
-- they gave the later score.
CREATE VIEW changed AS
WITH
turn AS (
  SELECT round, lag(round) OVER (ORDER BY round) AS since
  FROM closed WHERE round IN (SELECT round FROM own_round)
),
said AS (
  SELECT round, stakeholder, item, position
  FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended') AND position NOT IN (SELECT position FROM unheard)
  QUALIFY row_number() OVER (PARTITION BY round, stakeholder, item ORDER BY position DESC) = 1
),
person AS (SELECT stakeholder, agency FROM member)
SELECT
  turn.round,
  turn.since,
  after.item,
  after.stakeholder,
  person.agency,
  before.score AS score_before,
  after.score AS score_after,
  after.score - before.score AS moved_by,
  informed.saw_figures,
  informed.saw_reasons,
  informed.room IS NOT NULL AS in_room,
  informed.blind
FROM turn
JOIN standing AS after ON after.round = turn.round
JOIN standing AS before
  ON before.round = turn.since
  AND before.stakeholder = after.stakeholder
  AND before.item = after.item
JOIN said
  ON said.round = after.said_in
  AND said.stakeholder = after.stakeholder
  AND said.item = after.item
JOIN informed ON informed.position = said.position
JOIN person ON person.stakeholder = after.stakeholder
WHERE before.score <> after.score;
