-- outcome: one row per descriptor that has an outcome: the score that stands, whether the rule
-- adopted it or a moderation settled it and why, and who dissents, each with their newest reason.
-- `covered_by` is an alternative whose yes makes up for its no, by the table `alternative`.
-- Excludes outcomes that were set aside, and dissents of people who have withdrawn.
CREATE VIEW outcome AS
WITH
settled AS (
  SELECT * EXCLUDE (what)
  FROM (
    SELECT item, level, score, what = 'OutcomeModerated' AS moderated, because, what
    FROM fact WHERE what IN ('OutcomeAdopted', 'OutcomeModerated', 'OutcomeSetAside')
    QUALIFY row_number() OVER (PARTITION BY item ORDER BY position DESC) = 1
  )
  WHERE what <> 'OutcomeSetAside'
),
person AS (SELECT stakeholder, agency FROM member),
objection AS (
  SELECT item, dissenter, arg_max(because, position) AS words, min(position) AS first_said
  FROM fact WHERE what = 'DissentRecorded'
    AND dissenter NOT IN (SELECT stakeholder FROM gone)
  GROUP BY item, dissenter
),
dissent AS (
  SELECT
    item,
    list({stakeholder: dissenter, agency: agency, words: words} ORDER BY first_said) AS dissent
  FROM objection JOIN person ON person.stakeholder = objection.dissenter
  GROUP BY item
),
covered AS (
  SELECT alternative.item, arg_min(other, place) AS covered_by
  FROM alternative
  JOIN settled ON settled.item = alternative.item AND settled.score < below
  JOIN settled AS enough_of ON enough_of.item = alternative.other AND enough_of.score >= enough
  GROUP BY alternative.item
)
SELECT settled.*, coalesce(dissent.dissent, []) AS dissent, covered.covered_by
FROM settled
LEFT JOIN dissent USING (item)
LEFT JOIN covered USING (item);
