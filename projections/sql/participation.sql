-- participation: one row per round and agency: how many people were invited to it, began, finished
-- and withdrew. Somebody who handed everything on is not counted; the colleague is.
CREATE VIEW participation AS
WITH
person AS (
  SELECT stakeholder, agency || coalesce(' (peers from ' || peer_of || ')', '') AS agency
  FROM member
),
invited AS (
  SELECT round, stakeholder, min(first_asked) AS position FROM asked WHERE theirs GROUP BY ALL
),
came AS (
  SELECT
    round,
    stakeholder,
    bool_or(what IN ('InterviewStarted', 'AnswerGiven')) AS started,
    bool_or(what = 'AnswerGiven') AS answered,
    bool_or(what = 'InterviewCompleted') AS completed,
    bool_or(what = 'InterviewWithdrawn') AS withdrawn
  FROM fact WHERE topic LIKE 'interview.%' GROUP BY ALL
)
SELECT
  invited.round,
  person.agency,
  count(*) AS invited,
  count(*) FILTER (started) AS started,
  count(*) FILTER (answered AND NOT withdrawn) AS answered,
  count(*) FILTER (completed AND NOT withdrawn) AS completed,
  count(*) FILTER (withdrawn) AS withdrawn
FROM invited
JOIN person USING (stakeholder)
LEFT JOIN came USING (round, stakeholder)
GROUP BY ALL
ORDER BY invited.round, min(invited.position), person.agency;
