-- stability: one row per closed round but the first, and descriptor: the people who had a score
-- standing before it and after it, how many of them moved, and by how much.
CREATE VIEW stability AS
SELECT
  after.round,
  after.item,
  count(*) AS n,
  count(*) FILTER (after.score <> before.score) AS moved,
  avg(abs(after.score - before.score)) AS mean_abs_change,
  quantile_cont(before.score, 0.5) AS median_before,
  quantile_cont(after.score, 0.5) AS median_after
FROM standing AS after
JOIN standing AS before
  ON before.item = after.item
  AND before.stakeholder = after.stakeholder
  AND before.round = after.round - 1
WHERE before.score IS NOT NULL AND after.score IS NOT NULL
GROUP BY after.round, after.item;
