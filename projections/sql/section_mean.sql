-- section_mean: one row per area and section, and one per area over all sections (section null):
-- how many descriptors have a score, their mean to two decimals, the lowest and the highest. Excludes
-- a no beside the yes of an alternative.
CREATE VIEW section_mean AS
SELECT
  side,
  section,
  count(score) AS n,
  round(avg(score), 2) AS mean,
  min(score) AS low,
  max(score) AS high
FROM asked
CROSS JOIN compared
LEFT JOIN (FROM weighed WHERE NOT covered) AS weighed USING (assessment, item)
GROUP BY GROUPING SETS ((side, section), (side));
