-- criterion_met: one row per area and minimum score: whether the area's score reaches it, and by
-- how much it falls short; both are null where the score is missing. A no beside the yes of an
-- alternative falls short of nothing.
CREATE VIEW criterion_met AS
SELECT
  side,
  place,
  criterion.item,
  minimum,
  score,
  score >= minimum OR covered AS met,
  CASE WHEN covered THEN 0 ELSE greatest(minimum - score, 0) END AS shortfall
FROM criterion
CROSS JOIN compared
LEFT JOIN weighed ON weighed.item = criterion.item
  AND weighed.assessment = compared.assessment;
