-- weighed: one row per assessment or imported submission, and descriptor: its score, and whether it
-- is `covered`: a no beside the yes of an alternative, by the table `alternative`, which is no
-- weakness and is left out of every figure.
CREATE VIEW weighed AS
SELECT mine.assessment, mine.item, mine.score, coalesce(bool_or(other.score >= enough), false)
  AS covered
FROM handed_in AS mine
LEFT JOIN alternative ON alternative.item = mine.item AND mine.score < below
LEFT JOIN handed_in AS other
  ON other.assessment = mine.assessment AND other.item = alternative.other
GROUP BY mine.assessment, mine.item, mine.score;
