import type { Tree } from './tree.ts';

/** Names of the tree that do no harm beyond what is in them. What is empty may have any other name. */
export const plainNames = new Set(
  `AllOperator And AnyOperator Array AsIs Between Binary BinaryOp Boolean Case Cast Ceil Char CharacterLength Collate CompoundFieldAccess CompoundIdentifier Convert
   CrossJoin Custom Date DateTime DateTimeField Datetime Decimal Derived Distinct Double DoubleQuotedString Exists Expr ExprWithAlias Expressions
   Extract Float Floor FullOuter Function HexStringLiteral Identifier InList InSubquery Inner Int Integer IntegerLength Interval IntroducedString IsDistinctFrom IsFalse
   IsNotDistinctFrom IsNotFalse IsNotNull IsNotTrue IsNull IsTrue Join JsonTable Left LeftOuter Like LimitOffset List MatchAgainst
   NamedWindow NationalStringLiteral Named Nested Number Numeric ObjectName OffsetCommaLimit On OrderBy Overlay Placeholder Position Preceding Following
   PrecisionAndScale Precision QualifiedWildcard Query RLike Real Regexp Right RightOuter RoundDownload Select Separator SetOperation Signed SingleQuotedString SmallInt StraightJoin
   Subquery Substring Table TableFactor Text Time Timestamp TinyInt Trim Tuple UnaryOp Unnamed UnnamedExpr Unsigned Using Using Value Values Varchar Varbinary VarcharLength Wildcard WindowSpec SingleQuotedByteStringLiteral DoubleQuotedByteStringLiteral Prefixed TypedString MemberOf
   Word alias any args array asc at body case_token charset clauses closing_paren_token closing_token collation column
   columns compare_op condition conditions content data_type distinct duplicate_treatment else_result end end_bound
   end_token escape_char exclude explicit explicit_row expr fetch field filter flavor format fractional_seconds_precision from group_by
   having high in index_hints hint_type index_names index_type interval introducer is_some is_try join_operator joins keyword kind last_field lateral
   leading_field leading_precision left length limit limit_clause list low match_value max_levels name named_window negated null_treatment
   nulls_first offset op opening_token operand options order_by over overlay_for overlay_from overlay_what parameters partition_by partitions
   pattern precision prefix projection quantity query quote_style r recursive regexp relation result right rows search_modifier opt_search_modifier select_token selection set_quantifier
   shorthand sort_by span special start start_bound styles subquery subquery substring_for substring_from syntax target_before_value token trim_characters
   trim_what trim_where unit units value value_keyword window_before_qualify window_frame window_name with with_token within_group wildcard_token
   assignments target ColumnName table table_name TableName source from WithFromKeyword tables using using_from returning Set`.split(
    /\s+/,
  ),
);

/** Nothing, or what has nothing in it. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 'None') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return typeof value === 'object' && Object.values(value as Tree).every(isEmpty);
}

export function isHarmless(name: string, value: unknown): boolean {
  return name === 'select_modifiers' && JSON.stringify(value).includes('"sql_calc_found_rows":false');
}
