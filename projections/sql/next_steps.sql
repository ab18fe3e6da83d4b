-- next_steps: one row per descriptor with next steps typed in closed rounds: how many, and after
-- how many of them no action was agreed. An action that was dropped does not count.
CREATE VIEW next_steps AS
WITH
followed AS (
  SELECT item, max(position) AS upto FROM actions WHERE how IS DISTINCT FROM 'dropped' GROUP BY item
)
SELECT
  notes.item,
  count(*) AS typed,
  count(*) FILTER (notes.position > coalesce(followed.upto, 0)) AS unfollowed
FROM notes
JOIN box ON box.item = notes.item AND box.field = notes.field AND box.kind = 'next-step'
LEFT JOIN followed ON followed.item = notes.item
GROUP BY notes.item;
