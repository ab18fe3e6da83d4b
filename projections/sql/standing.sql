-- standing: one row per closed round of the panel's own, stakeholder and item: the answer that
-- stood once that round had closed, which is the newest of all rounds so far; a skip leaves an
-- earlier round's answer standing. Excludes people who have withdrawn from any round, people in the
-- table `left_out`, and answers in the table `unheard`. `late`: given after its round was reopened.
CREATE VIEW standing AS
WITH
over AS (SELECT round FROM closed WHERE round IN (SELECT round FROM own_round)),
again AS (
  SELECT round, min(position) AS since FROM fact WHERE what = 'RoundReopened' GROUP BY round
),
withdrawn AS (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn'),
said AS (
  SELECT round, position, stakeholder, item, kind, level, score, number
  FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended')
    AND stakeholder NOT IN (SELECT stakeholder FROM withdrawn)
    AND stakeholder NOT IN (SELECT stakeholder FROM left_out)
    AND position NOT IN (SELECT position FROM unheard)
  QUALIFY row_number() OVER (PARTITION BY round, stakeholder, item ORDER BY position DESC) = 1
)
SELECT
  over.round,
  said.stakeholder,
  said.item,
  said.round AS said_in,
  said.kind,
  said.level,
  said.score,
  said.number,
  coalesce(said.position > again.since, false) AS late
FROM over
JOIN said ON said.round <= over.round AND said.round IN (SELECT round FROM over)
LEFT JOIN again ON again.round = said.round
QUALIFY row_number() OVER (
  PARTITION BY over.round, said.stakeholder, said.item
  ORDER BY said.kind = 'skip', said.round DESC
) = 1;
