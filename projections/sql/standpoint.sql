-- standpoint: one row per closed round of the panel's own, descriptor and agency: how many of the
-- agency's people had a score standing once that round had closed, and the lowest, middle and
-- highest of these scores.
CREATE VIEW standpoint AS
SELECT
  standing.round,
  standing.item,
  person.agency,
  count(*) AS n,
  min(standing.score) AS low,
  quantile_cont(standing.score, 0.5) AS median,
  max(standing.score) AS high
FROM standing
JOIN (SELECT stakeholder, agency FROM member) AS person
  USING (stakeholder)
WHERE standing.score IS NOT NULL
GROUP BY standing.round, standing.item, person.agency;
