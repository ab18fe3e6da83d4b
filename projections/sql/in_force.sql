-- in_force: one row per rule that agreement is measured by, so always a single row: the
-- assessment's own from the table `rule`, unless the table `supposed` holds another.
CREATE VIEW in_force AS
SELECT * FROM supposed
UNION ALL
SELECT * FROM rule WHERE NOT EXISTS (SELECT weights FROM supposed);
