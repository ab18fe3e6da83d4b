-- years: one row per descriptor of the newest guide, submission or assessment, and item of its
-- guide that bears on the descriptor: the item's score as it was given, never converted to another
-- scale, null where missing. For items of an older guide that bear on nothing the descriptor is
-- null.
CREATE VIEW years AS
SELECT
  bears_on.place,
  bears_on.item,
  submission.assessment,
  submission.year,
  submission.guide,
  bears_on.source,
  handed_in.score
FROM submission
JOIN bears_on USING (guide)
LEFT JOIN handed_in
  ON handed_in.assessment = submission.assessment AND handed_in.item = bears_on.source
ORDER BY bears_on.place, submission.nth;
