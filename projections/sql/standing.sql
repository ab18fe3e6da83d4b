-- standing: one row per closed round, stakeholder and item: the answer that stood once that round
-- had closed, the newest of all rounds so far; a skip leaves an earlier round's answer standing.
-- Who has withdrawn, from any round, has none.
CREATE VIEW standing AS
WITH
closed AS (SELECT round FROM fact WHERE what = 'RoundClosed'),
withdrawn AS (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn'),
said AS (
  SELECT round, position, stakeholder, item, kind, level, score, number
  FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended')
    AND stakeholder NOT IN (SELECT stakeholder FROM withdrawn)
  QUALIFY row_number() OVER (PARTITION BY round, stakeholder, item ORDER BY position DESC) = 1
)
SELECT
  closed.round,
  said.stakeholder,
  said.item,
  said.round AS said_in,
  said.kind,
  said.level,
  said.score,
  said.number
FROM closed
JOIN said ON said.round <= closed.round AND said.round IN (SELECT round FROM closed)
QUALIFY row_number() OVER (
  PARTITION BY closed.round, said.stakeholder, said.item
  ORDER BY said.kind = 'skip', said.round DESC
) = 1;
