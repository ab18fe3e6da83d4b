-- handed_in: one row per assessment or imported submission, and descriptor: the score, null where
-- the form is blank. Takes the newest version of a submission, and the outcomes of an assessment.
-- Excludes outcomes in the table `withheld_outcome`, which could tell what somebody answered.
CREATE VIEW handed_in AS
WITH
newest AS (
  SELECT assessment, max(position) AS since
  FROM fact WHERE what = 'SubmissionImported' GROUP BY assessment
),
outcome AS (
  SELECT assessment, item, score
  FROM fact WHERE what IN ('OutcomeAdopted', 'OutcomeModerated', 'OutcomeSetAside')
  QUALIFY row_number() OVER (PARTITION BY assessment, item ORDER BY position DESC) = 1
)
SELECT assessment, item, score
FROM fact JOIN newest USING (assessment)
WHERE what = 'DescriptorImported' AND position > since
UNION ALL
SELECT assessment, item, score FROM outcome ANTI JOIN withheld_outcome USING (assessment, item);
