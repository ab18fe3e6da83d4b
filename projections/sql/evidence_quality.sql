-- evidence_quality: one row per shortcoming of evidence that shows without reading its words.
-- `no-evidence`: a person's score stands above the middle of its scale (3 or more of 0 to 5) and
-- they gave no evidence for it. `undated`: evidence without the day it speaks of. Items for which
-- the guide has no box for evidence are left out.
CREATE VIEW evidence_quality AS
WITH
evidence AS (
  SELECT notes.*
  FROM notes
  JOIN box ON box.item = notes.item AND box.field = notes.field AND box.kind = 'evidence'
),
person AS (SELECT stakeholder, agency FROM member)
SELECT
  'no-evidence' AS shortcoming,
  standing.said_in AS round,
  standing.item,
  standing.stakeholder,
  person.agency,
  NULL::BIGINT AS position
FROM standing
JOIN person USING (stakeholder)
JOIN scale USING (item)
WHERE standing.round = (SELECT max(round) FROM standing)
  AND 2 * standing.score > list_min(scale.scores) + list_max(scale.scores)
  AND standing.item IN (SELECT item FROM box WHERE kind = 'evidence')
  AND standing.stakeholder NOT IN (SELECT stakeholder FROM gone)
  AND (standing.stakeholder, standing.item) NOT IN (SELECT stakeholder, item FROM evidence)
UNION ALL
SELECT 'undated', round, item, stakeholder, agency, position
FROM evidence
WHERE evidence->>'$.dated' IS NULL;
