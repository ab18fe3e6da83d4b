-- stability: one row per closed round of the panel's own but the first, and descriptor: how many
-- people had a score standing both before and after it, how many of them moved, and by how much on
-- average. `since` is the round before; the people who moved are in `changed`.
CREATE VIEW stability AS
WITH
turn AS (
  SELECT round, lag(round) OVER (ORDER BY round) AS since
  FROM closed WHERE round IN (SELECT round FROM own_round)
)
SELECT
  turn.round,
  turn.since,
  after.item,
  count(*) AS n,
  count(*) FILTER (after.score <> before.score) AS moved,
  avg(abs(after.score - before.score)) AS mean_abs_change,
  quantile_cont(before.score, 0.5) AS median_before,
  quantile_cont(after.score, 0.5) AS median_after
FROM turn
JOIN standing AS after ON after.round = turn.round
JOIN standing AS before
  ON before.round = turn.since
  AND before.item = after.item
  AND before.stakeholder = after.stakeholder
WHERE before.score IS NOT NULL AND after.score IS NOT NULL
GROUP BY turn.round, turn.since, after.item;
