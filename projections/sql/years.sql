-- years: one row per descriptor of the newest guide, thing handed in, and item that bears on the
-- descriptor: its score as it was given, null where missing. No score is turned into another.
-- Items of an older guide that bear on nothing have no descriptor.
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
