-- criterion_met: one row per area and minimum score: whether the area's score reaches it, and by
-- how much it falls short; both are null where the score is missing.
CREATE VIEW criterion_met AS
SELECT
  side,
  place,
  criterion.item,
  minimum,
  score,
  score >= minimum AS met,
  greatest(minimum - score, 0) AS shortfall
FROM criterion
CROSS JOIN compared
LEFT JOIN handed_in ON handed_in.item = criterion.item
  AND handed_in.assessment = compared.assessment;
