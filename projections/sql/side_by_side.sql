-- side_by_side: one row per descriptor of the guide: the scores of the two areas compared, each
-- null where it is missing, and the second score minus the first.
CREATE VIEW side_by_side AS
WITH scored AS (
  SELECT place, item, section,
    max(score) FILTER (side = 1) AS one,
    max(score) FILTER (side = 2) AS other
  FROM asked
  CROSS JOIN compared
  LEFT JOIN handed_in USING (assessment, item)
  GROUP BY place, item, section
)
SELECT *, other - one AS difference FROM scored;
