-- in_force: one row per rule that agreement is measured by, which is one: the assessment's own, or
-- another that is supposed; `rule` and `supposed` are laid beside the facts.
CREATE VIEW in_force AS
SELECT * FROM supposed
UNION ALL
SELECT * FROM rule WHERE NOT EXISTS (SELECT weights FROM supposed);
