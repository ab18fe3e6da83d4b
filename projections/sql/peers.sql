-- peers: one row per second area and descriptor whose peers were asked about it in a closed round:
-- how many of them gave a score, and the middle, lowest and highest of these; all null where fewer
-- than three did. Excludes answers of people who have withdrawn.
CREATE VIEW peers AS
WITH
theirs AS (SELECT round FROM closed WHERE round NOT IN (SELECT round FROM own_round)),
person AS (
  SELECT stakeholder, peer_of FROM member WHERE peer_of IS NOT NULL
),
said AS (
  SELECT stakeholder, item, score
  FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended')
    AND round IN (SELECT round FROM theirs)
    AND stakeholder NOT IN (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn')
  QUALIFY row_number() OVER (PARTITION BY stakeholder, item ORDER BY position DESC) = 1
),
figures AS (
  SELECT
    peer_of,
    item,
    min(first_asked) AS first_asked,
    count(score) AS n,
    quantile_cont(score, 0.5) AS median,
    min(score) AS low,
    max(score) AS high
  FROM asked
  JOIN person USING (stakeholder)
  JOIN scale USING (item)
  LEFT JOIN said USING (stakeholder, item)
  WHERE asked.round IN (SELECT round FROM theirs)
  GROUP BY peer_of, item
)
SELECT
  peer_of,
  item,
  CASE WHEN n >= 3 THEN n END AS n,
  CASE WHEN n >= 3 THEN median END AS median,
  CASE WHEN n >= 3 THEN low END AS low,
  CASE WHEN n >= 3 THEN high END AS high
FROM figures
ORDER BY first_asked, item, peer_of;
