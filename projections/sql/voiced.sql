-- voiced: one row per close of a round of the panel's own, stakeholder and item: the answer that
-- stood at that close, whatever came after it. A reopened round is closed more than once. A skip
-- leaves an earlier round's answer standing. Excludes people who had withdrawn by then.
CREATE VIEW voiced AS
WITH
closing AS (
  SELECT position AS closed_at, round
  FROM fact WHERE what = 'RoundClosed' AND round IN (SELECT round FROM own_round)
),
withdrawn AS (SELECT stakeholder, position FROM fact WHERE what = 'InterviewWithdrawn'),
person AS (SELECT stakeholder, agency FROM member),
said AS (
  SELECT closed_at, closing.round, fact.round AS said_in, stakeholder, item, kind, score
  FROM closing
  JOIN fact ON fact.position < closed_at AND fact.round <= closing.round
  WHERE what IN ('AnswerGiven', 'AnswerAmended')
    AND fact.round IN (SELECT round FROM own_round)
    AND NOT EXISTS (
      FROM withdrawn
      WHERE withdrawn.stakeholder = fact.stakeholder AND withdrawn.position < closed_at
    )
  QUALIFY row_number() OVER (
    PARTITION BY closed_at, fact.round, stakeholder, item ORDER BY position DESC
  ) = 1
)
SELECT closed_at, said.round, item, stakeholder, agency, kind, score
FROM said
JOIN person USING (stakeholder)
QUALIFY row_number() OVER (
  PARTITION BY closed_at, stakeholder, item ORDER BY kind = 'skip', said_in DESC
) = 1;
