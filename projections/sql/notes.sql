-- notes: one row per note that stands in a closed round, with its newest words and the evidence
-- given with it. Excludes retracted notes and notes of people who have
-- withdrawn, also later.
CREATE VIEW notes AS
WITH
given AS (
  SELECT position, round, stakeholder, item, field, words, words.id AS note, evidence
  FROM fact WHERE what = 'NoteGiven'
),
amended AS (
  SELECT note, arg_max(words, position) AS words FROM fact WHERE what = 'NoteAmended' GROUP BY note
),
person AS (SELECT stakeholder, agency, peer_of FROM member)
SELECT
  given.position,
  given.round,
  given.stakeholder,
  person.agency,
  person.peer_of,
  given.item,
  given.field,
  coalesce(amended.words, given.words) AS words,
  given.evidence
FROM given
JOIN person USING (stakeholder)
LEFT JOIN amended USING (note)
WHERE given.round IN (SELECT round FROM closed)
  AND given.note NOT IN (SELECT note FROM fact WHERE what = 'NoteRetracted')
  AND given.stakeholder NOT IN (SELECT stakeholder FROM gone);
