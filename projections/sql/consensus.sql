-- consensus: one row per closed round of the panel's own and descriptor asked by then: agreement
-- among the answers that stood once the round had closed, under the rule in force. The arithmetic
-- is that of ehsg_events/agreement/consensus.py, written independently a second time. Reads the
-- tables `scale` and `in_force`.
CREATE VIEW consensus AS
WITH
measured AS (
  SELECT DISTINCT closed.round, asked.item
  FROM closed
  JOIN (SELECT round, unnest(items) AS item FROM fact WHERE what = 'RoundOpened') AS asked
    ON asked.round <= closed.round
  JOIN scale ON scale.item = asked.item
  WHERE closed.round IN (SELECT round FROM own_round)
    AND asked.round IN (SELECT round FROM own_round)
    AND asked.round IN (SELECT round FROM closed)
),
person AS (SELECT stakeholder, agency FROM member),
voice AS (  -- who has answered was asked, whatever came after
  SELECT round, item, stakeholder FROM asked_of JOIN measured USING (round, item)
  UNION
  SELECT round, item, stakeholder FROM standing JOIN measured USING (round, item)
),
heard AS (  -- everyone whose area it is, with what they said, if anything
  SELECT round, item, agency, kind, score
  FROM voice
  JOIN person USING (stakeholder)
  LEFT JOIN standing USING (round, item, stakeholder)
),
voices AS (
  SELECT *, count(*) OVER (PARTITION BY round, item, agency) AS colleagues
  FROM heard WHERE score IS NOT NULL
),
wholes AS (  -- one agency's weight as a whole number that all its numbers of people divide
  SELECT
    round,
    item,
    list_reduce(list_distinct(list(colleagues::HUGEINT)), lambda a, b: lcm(a, b)) AS whole,
    count(DISTINCT agency) AS agencies,
    list(score) AS scores
  FROM voices GROUP BY round, item
),
weighed AS (
  SELECT voices.*, whole // colleagues AS weight, whole * agencies AS total
  FROM voices JOIN wholes USING (round, item)
),
ladder AS (
  SELECT
    round, item, score, total,
    sum(sum(weight)) OVER (PARTITION BY round, item ORDER BY score) AS up_to_here
  FROM weighed GROUP BY round, item, score, total
),
agency_middle AS (  -- the midpoint when the weights split exactly in half
  SELECT
    round,
    item,
    (min(score) FILTER (2 * up_to_here >= total) + min(score) FILTER (2 * up_to_here > total)) / 2
      AS median_by_agency
  FROM ladder GROUP BY round, item
),
people AS (  -- a row too where nobody was asked: in a workshop, what was not put to the vote
  SELECT
    round,
    item,
    count(score) AS n,
    count(*) FILTER (kind = 'dont-know') AS dont_know,
    count(agency) FILTER (kind IS DISTINCT FROM 'not-my-area') AS invited,
    count(DISTINCT agency) FILTER (kind IS DISTINCT FROM 'not-my-area') AS agencies_invited,
    count(DISTINCT agency) FILTER (score IS NOT NULL) AS agencies,
    min(score) AS low,
    max(score) AS high,
    quantile_cont(score, 0.25) AS q1,
    quantile_cont(score, 0.5) AS median_by_people,
    quantile_cont(score, 0.75) AS q3
  FROM measured LEFT JOIN heard USING (round, item)
  GROUP BY round, item
),
figures AS (
  SELECT
    *,
    CASE weights WHEN 'agencies' THEN median_by_agency ELSE median_by_people END AS median
  FROM people CROSS JOIN in_force
  LEFT JOIN agency_middle USING (round, item)
),
around AS (  -- how the voices lie about the middle
  SELECT
    round,
    item,
    count(*) FILTER (abs(score - median) <= near) AS within_one,
    count(DISTINCT agency) FILTER (abs(score - median) <= near) AS agencies_within_one,
    count(*) FILTER (abs(score - median_by_people) <= near) AS near_people,
    coalesce(sum(weight) FILTER (abs(score - median_by_agency) <= near), 0) AS near_weight,
    any_value(total) AS total,
    count(*) FILTER (score = median) AS at_median,
    count(*) FILTER (score <= low_camp) AS low_voices,
    count(*) FILTER (score >= high_camp) AS high_voices,
    count(*) FILTER (abs(score - median) >= far) AS far_voices,
    avg(abs(score - median_by_people)) AS ad_median
  FROM weighed JOIN figures USING (round, item) JOIN scale USING (item)
  GROUP BY round, item
),
shares AS (
  SELECT
    *,
    near_people::DOUBLE / n AS share_by_people,
    (near_weight // gcd(near_weight, total))::DOUBLE
      / (total // gcd(near_weight, total))::DOUBLE AS share_by_agency
  FROM around JOIN figures USING (round, item)
)
SELECT
  f.round,
  f.item,
  f.n,
  f.dont_know,
  f.invited,
  f.agencies,
  f.agencies_invited,
  f.median,
  f.median_by_people,
  f.median_by_agency,
  f.low,
  f.high,
  f.q1,
  f.q3,
  f.q3 - f.q1 AS iqr,
  s.ad_median,
  list_transform(
    scale.scores,
    lambda level: len(list_filter(coalesce(w.scores, []), lambda score: score = level))
  ) AS counts,
  coalesce(s.within_one, 0) AS within_one,
  coalesce(s.agencies_within_one, 0) AS agencies_within_one,
  s.share_by_people AS within_one_by_people,
  s.share_by_agency AS within_one_by_agency,
  CASE f.weights WHEN 'agencies' THEN s.share_by_agency ELSE s.share_by_people END
    AS within_one_share,
  coalesce(s.at_median, 0) AS at_median,
  coalesce(s.low_voices, 0) AS low_voices,
  coalesce(s.high_voices, 0) AS high_voices,
  coalesce(s.far_voices, 0) AS far_voices,
  f.n >= f.quorum_scores
    AND f.n >= f.quorum_invited * f.invited
    AND f.agencies >= f.quorum_agencies * f.agencies_invited AS quorum,
  CASE
    WHEN f.n = 0 OR f.n < f.quorum_scores THEN 'too_few'
    WHEN NOT quorum THEN 'no_quorum'
    WHEN least(s.low_voices, s.high_voices) >= greatest(2, f.camp_share * f.n) THEN 'two_camps'
    WHEN within_one_share < f.agreed_share THEN 'not_agreed'
    WHEN s.far_voices >= greatest(2, f.minority_share * f.n) THEN 'agreed_with_minority'
    ELSE 'agreed'
  END AS verdict
FROM figures AS f
JOIN scale USING (item)
LEFT JOIN shares AS s USING (round, item)
LEFT JOIN wholes AS w USING (round, item);
