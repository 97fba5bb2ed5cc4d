/** Nodes that do no harm beyond what their parts do. */
export const plainNodes = new Set(
  `A_ArrayExpr A_Const A_Expr A_Indices A_Indirection A_Star BitString Boolean BooleanTest BoolExpr CaseExpr CaseWhen
   CoalesceExpr CollateClause ColumnDef ColumnRef CommonTableExpr Float FuncCall GroupingFunc GroupingSet IndexElem Integer JoinExpr JsonTable List MinMaxExpr
   NamedArgExpr NullTest ParamRef RangeFunction RangeSubselect RangeTableSample RangeVar ResTarget RowExpr SetToDefault
   SQLValueFunction SelectStmt SortBy String SubLink TypeCast TypeName WindowDef InsertStmt UpdateStmt DeleteStmt`.split(
    /\s+/,
  ),
);

/** Fields that do no harm beyond what is in them; INTO and FOR UPDATE are not among them. */
export const plainFields = new Set(
  `action agg_distinct agg_filter agg_order agg_star agg_within_group alias aliascolnames aliasname all arg args argnumber array_bounds arrayBounds
   boolop booltesttype boolval bsval catalogname coldeflist collname colname colnames cols content ctematerialized ctename ctequery ctes
   defresult distinctClause elements endOffset expr exprs fields frameOptions fromClause func_variadic funcformat funcname
   functions fval groupClause groupDistinct havingClause indexElems infer indirection inh is_local isNatural is_rowsfrom is_slice isnull items ival jointype
   kind larg lateral lexpr lidx limitCount limitOffset limitOption list_end list_start location method multidims name names node
   nulls_ordering nulltesttype number onConflictClause op orderClause ordering ordinality over override partitionClause quals rarg recursive refname refs relation
   relname relpersistence repeatable result returningClause rexpr rexpr_list_end rexpr_list_start row_format row_typeid schemaname
   selectStmt setof sortClause sortby_dir sortby_nulls startOffset subLinkType subquery subselect sval targetList testexpr typeName
   typemod typmod typmods uidx useOp usingClause val valuesLists version whereClause windowClause winname withClause xpr arraybounds`.split(
    /\s+/,
  ),
);

/** What `SQLValueFunction` gives, apart from names of users and schemas. */
export const timeValues = new Set(
  `SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N SVFOP_LOCALTIME
   SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N`.split(/\s+/),
);
