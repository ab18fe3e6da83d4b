-- next_steps: one row per descriptor about which people typed next steps in closed rounds: how many,
-- and how many of these no action followed. An action that was dropped follows nothing.
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
