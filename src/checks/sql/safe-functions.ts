import type { SqlDialect } from './dialect.ts';

const everywhere = `abs acos asin atan atan2 avg ceil ceiling coalesce concat concat_ws cos cot count cume_dist degrees
  dense_rank exp first_value floor greatest lag last_value lead least length ln log lower ltrim max min mod nth_value ntile
  nullif octet_length percent_rank pi position power radians rank replace round row_number rtrim sign sin sqrt substr
  substring sum tan trim upper`;

const own: Readonly<Record<SqlDialect, string>> = {
  postgresql: `age array_agg array_append array_cat array_dims array_length array_lower array_ndims array_position
    array_positions array_prepend array_remove array_replace array_to_json array_to_string array_upper ascii bit_and bit_or
    bool_and bool_or btrim cardinality cbrt char_length character_length chr clock_timestamp corr covar_pop covar_samp
    date_bin date_part date_trunc decode div encode every extract factorial format gcd gen_random_uuid generate_series generate_subscripts
    initcap is_normalized isfinite json_agg json_array_elements json_array_elements_text json_array_length
    json_build_array json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object
    json_object_agg json_object_keys json_strip_nulls json_table json_to_record json_to_recordset json_typeof jsonb_agg
    jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each
    jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_object jsonb_object_agg jsonb_object_keys
    jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_set
    jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof justify_days justify_hours justify_interval lcm left
    like_escape log10 lpad make_date make_interval make_time make_timestamp make_timestamptz md5 mode normalize now
    overlaps overlay percentile_cont percentile_disc phraseto_tsquery plainto_tsquery quote_ident quote_literal random
    range_agg regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
    regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope repeat reverse right
    row_to_json rpad scale setweight sha224 sha256 sha384 sha512 similar_to_escape similarity split_part starts_with
    statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array string_to_table strip strpos timezone to_char to_date
    to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector transaction_timestamp translate trunc ts_headline ts_rank
    ts_rank_cd unaccent unnest var_pop var_samp variance websearch_to_tsquery width_bucket word_similarity
    current_date current_time current_timestamp localtime localtimestamp`,
  mysql: `adddate addtime any_value ascii bin bit_and bit_count bit_length bit_or bit_xor cast char char_length
    character_length conv convert_tz crc32 curdate current_date current_time current_timestamp curtime date date_add
    date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear elt field find_in_set format from_days
    from_unixtime group_concat grouping hex hour if ifnull insert instr isnull json_array json_arrayagg json_contains
    json_contains_path json_depth json_extract json_keys json_length json_object json_objectagg json_overlaps json_pretty
    json_quote json_search json_table json_type json_unquote json_valid json_value last_day lcase left locate log10 log2 lpad
    makedate maketime md5 microsecond mid minute month monthname now nullif period_add period_diff pow quarter quote rand
    regexp_instr regexp_like regexp_replace regexp_substr repeat reverse right rpad sec_to_time second sha sha1 sha2 space
    std stddev stddev_pop stddev_samp str_to_date strcmp subdate substring_index subtime sysdate time time_format
    time_to_sec timediff timestamp timestampadd timestampdiff to_days to_seconds truncate ucase unhex unix_timestamp
    utc_date utc_time utc_timestamp uuid var_pop var_samp variance week weekday weekofyear weight_string year yearweek
    localtime localtimestamp values`,
  sqlite: `acosh asinh atanh bm25 cast char cosh current_date current_time current_timestamp date datetime format
    group_concat glob hex highlight ifnull iif if instr json json_array json_array_length json_each json_error_position json_extract
    json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote json_remove json_replace
    json_set json_tree json_type json_valid julianday like likelihood likely log10 log2 pow printf quote random sinh snippet
    soundex string_agg strftime tanh time timediff total trunc typeof unhex unicode unistr unixepoch unlikely`,
};

/**
 * The functions that only compute, by dialect, in lower case. `sqlSafe` allows these by default.
 *
 * @example sqlSafe({ functions: [...safeFunctions.postgresql, 'jsonb_path_query'] })
 */
export const safeFunctions: Readonly<Record<SqlDialect, readonly string[]>> = {
  postgresql: listOf('postgresql'),
  mysql: listOf('mysql'),
  sqlite: listOf('sqlite'),
};

function listOf(dialect: SqlDialect): readonly string[] {
  return `${everywhere} ${own[dialect]}`.split(/\s+/);
}
