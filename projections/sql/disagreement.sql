-- disagreement: one row per closed round of the panel's own and descriptor with two scores or more:
-- how far the panel stood apart, widest first. `spread` is the mean distance of scores from the
-- middle score as a share of the scale; `gap` is the distance between the lowest and the highest of
-- the agencies' own middle scores.
CREATE VIEW disagreement AS
WITH
voice AS (
  SELECT *, quantile_cont(score, 0.5) OVER (PARTITION BY round, item) AS middle
  FROM standing WHERE score IS NOT NULL
),
people AS (
  SELECT
    round,
    item,
    count(*) AS n,
    min(score) AS low,
    max(score) AS high,
    avg(abs(score - middle)) AS distance
  FROM voice GROUP BY round, item HAVING count(*) > 1
),
agency AS (
  SELECT round, item, max(median) - min(median) AS gap FROM standpoint GROUP BY round, item
)
SELECT
  people.* EXCLUDE (distance),
  people.distance / (list_max(scale.scores) - list_min(scale.scores)) AS spread,
  agency.gap
FROM people
JOIN agency USING (round, item)
JOIN scale USING (item)
ORDER BY people.round, spread DESC, people.high - people.low DESC, agency.gap DESC;
