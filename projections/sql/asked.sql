-- asked: one row per round, stakeholder and item they are asked to answer. What was handed on is
-- asked of the colleague, and no longer of the one who handed it on.
CREATE VIEW asked AS
WITH
moved AS (
  SELECT round, invited AS stakeholder, unnest(items) AS item, position, true AS theirs
  FROM fact WHERE what = 'StakeholderInvited'
  UNION ALL
  SELECT round, "to", unnest(items), position, true FROM fact WHERE what = 'ItemsHandedOn'
  UNION ALL
  SELECT round, handed_on_by, unnest(items), position, false
  FROM fact WHERE what = 'ItemsHandedOn'
)
SELECT round, stakeholder, item, min(position) AS first_asked, arg_max(theirs, position) AS theirs
FROM moved GROUP BY round, stakeholder, item;
