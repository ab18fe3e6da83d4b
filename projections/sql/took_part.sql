-- took_part: one row per agency: how many different people were asked in any round, how many of
-- them answered in any, and how many withdrew. People who withdrew do not count as having answered.
CREATE VIEW took_part AS
WITH
person AS (
  SELECT stakeholder, agency || coalesce(' (peers from ' || peer_of || ')', '') AS agency
  FROM member
),
invited AS (
  SELECT stakeholder, min(first_asked) AS position FROM asked WHERE theirs GROUP BY stakeholder
),
withdrawn AS (SELECT DISTINCT stakeholder FROM fact WHERE what = 'InterviewWithdrawn'),
answered AS (
  SELECT DISTINCT stakeholder FROM fact WHERE what = 'AnswerGiven'
  EXCEPT FROM withdrawn
)
SELECT
  person.agency,
  count(*) AS invited,
  count(answered.stakeholder) AS answered,
  count(withdrawn.stakeholder) AS withdrawn
FROM invited
JOIN person USING (stakeholder)
LEFT JOIN answered USING (stakeholder)
LEFT JOIN withdrawn USING (stakeholder)
GROUP BY person.agency
ORDER BY min(invited.position), person.agency;
