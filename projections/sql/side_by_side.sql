-- side_by_side: one row per descriptor of the guide: the scores of the two areas compared, each
-- null where it is missing, and the second score minus the first; null where either is a no beside
-- the yes of an alternative, which is no lower.
CREATE VIEW side_by_side AS
WITH scored AS (
  SELECT place, item, section,
    max(score) FILTER (side = 1) AS one,
    max(score) FILTER (side = 2) AS other,
    coalesce(bool_or(covered), false) AS covered
  FROM asked
  CROSS JOIN compared
  LEFT JOIN weighed USING (assessment, item)
  GROUP BY place, item, section
)
SELECT * EXCLUDE (covered), CASE WHEN NOT covered THEN other - one END AS difference
FROM scored;
