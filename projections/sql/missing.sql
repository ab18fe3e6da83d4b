-- missing: one row per descriptor and stakeholder who was asked about it or has answered it, in the
-- newest round or before, if that is a first or a feedback round: whether the round asks them,
-- whether they have answered in it, and whether their answer is still missing, or was when it
-- closed. `stood_as` is their answer as of the close of the round before; `kind` and `score` are
-- null until the newest round is closed.
CREATE VIEW missing AS
WITH
newest AS (
  SELECT round, kind FROM fact WHERE what = 'RoundOpened'
  QUALIFY row_number() OVER (ORDER BY round DESC) = 1
),
latest AS (SELECT round FROM newest WHERE kind IN ('first', 'feedback')),
before AS (
  SELECT max(closed.round) AS round
  FROM closed JOIN own_round USING (round)
  WHERE closed.round < (SELECT round FROM latest)
),
put AS (SELECT DISTINCT item FROM asked WHERE round IN (SELECT round FROM latest)),
person AS (SELECT stakeholder, agency FROM member),
stood AS (SELECT item, stakeholder, kind FROM standing WHERE round IN (SELECT round FROM before)),
stands AS (
  SELECT item, stakeholder, kind, score FROM standing WHERE round IN (SELECT round FROM latest)
),
gone AS (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn'),
said AS (
  SELECT DISTINCT item, stakeholder
  FROM fact
  WHERE what = 'AnswerGiven'
    AND round IN (SELECT round FROM latest)
    AND stakeholder NOT IN (SELECT stakeholder FROM gone)
),
finished AS (
  SELECT stakeholder FROM fact
  WHERE what = 'InterviewCompleted' AND round IN (SELECT round FROM latest)
),
theirs AS (
  SELECT item, stakeholder, min(first_asked) AS first_asked FROM asked
  WHERE theirs AND round IN (SELECT round FROM latest)
  GROUP BY ALL
),
voice AS (
  SELECT item, stakeholder FROM asked_of WHERE round IN (SELECT round FROM latest)
  UNION SELECT item, stakeholder FROM said
  UNION SELECT item, stakeholder FROM stood
)
SELECT
  latest.round,
  voice.item,
  voice.stakeholder,
  person.agency,
  theirs.stakeholder IS NOT NULL AS asked,
  said.stakeholder IS NOT NULL AS answered,
  asked AND NOT answered
    AND voice.stakeholder NOT IN (SELECT stakeholder FROM gone)
    AND voice.stakeholder NOT IN (SELECT stakeholder FROM finished) AS missing,
  stood.kind AS stood_as,
  stands.kind,
  stands.score
FROM latest
CROSS JOIN voice
JOIN put USING (item)
JOIN scale USING (item)
JOIN person USING (stakeholder)
LEFT JOIN theirs USING (item, stakeholder)
LEFT JOIN said USING (item, stakeholder)
LEFT JOIN stood USING (item, stakeholder)
LEFT JOIN stands USING (item, stakeholder)
ORDER BY voice.item, theirs.first_asked, voice.stakeholder;
