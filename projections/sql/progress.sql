-- progress: one row per round, agency and item: how many were asked and how many have answered.
-- What they answered, even "don't know", is counted only once the round is closed, and null until
-- then.
CREATE VIEW progress AS
WITH
person AS (
  SELECT stakeholder, agency || coalesce(' (peers from ' || peer_of || ')', '') AS agency
  FROM member
),
answered AS (
  SELECT round, stakeholder, item, kind
  FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended')
    AND stakeholder NOT IN (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn')
  QUALIFY row_number() OVER (PARTITION BY round, stakeholder, item ORDER BY position DESC) = 1
),
counted AS (
  SELECT
    asked.round,
    person.agency,
    asked.item,
    min(asked.first_asked) AS first_asked,
    count(*) AS asked,
    count(kind) AS answered,
    count(*) FILTER (kind = 'dont-know') AS dont_know,
    count(*) FILTER (kind = 'not-my-area') AS not_my_area,
    count(*) FILTER (kind = 'skip') AS skipped
  FROM asked
  JOIN person USING (stakeholder)
  LEFT JOIN answered USING (round, stakeholder, item)
  WHERE asked.theirs
  GROUP BY asked.round, person.agency, asked.item
)
SELECT
  counted.round,
  agency,
  item,
  asked,
  answered,
  CASE WHEN closed.round IS NOT NULL THEN dont_know END AS dont_know,
  CASE WHEN closed.round IS NOT NULL THEN not_my_area END AS not_my_area,
  CASE WHEN closed.round IS NOT NULL THEN skipped END AS skipped
FROM counted
LEFT JOIN closed ON closed.round = counted.round
ORDER BY counted.round, first_asked, agency, item;
