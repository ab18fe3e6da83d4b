-- named_priorities: one row per descriptor that somebody named as first to work on: how many people
-- did, from how many agencies. Each person's newest choice counts, once its round is closed.
-- Excludes people who have withdrawn and people in the table `left_out`.
CREATE VIEW named_priorities AS
WITH
named AS (
  SELECT stakeholder, unnest(items) AS item
  FROM (
    SELECT stakeholder, items
    FROM fact
    WHERE what = 'PrioritiesNamed'
      AND round IN (SELECT round FROM closed)
      AND stakeholder NOT IN (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn')
      AND stakeholder NOT IN (SELECT stakeholder FROM left_out)
    QUALIFY row_number() OVER (PARTITION BY stakeholder ORDER BY position DESC) = 1
  )
),
person AS (SELECT stakeholder, agency FROM member)
SELECT item, count(*) AS people, count(DISTINCT agency) AS agencies
FROM named
JOIN person USING (stakeholder)
GROUP BY item;
