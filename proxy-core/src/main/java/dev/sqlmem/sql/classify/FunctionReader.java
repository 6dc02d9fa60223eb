package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.TokenKind;
import java.util.Map;
import java.util.Set;

/** Looks through a whole statement for function calls, and for those that write or change settings. */
final class FunctionReader {

    /** Words that no function can be called by (unquoted), or types, which take arguments too. */
    private static final Set<String> NEVER_CALLS = Set.of(
            "all",
            "analyse",
            "analyze",
            "and",
            "any",
            "array",
            "as",
            "between",
            "bit",
            "boolean",
            "case",
            "cast",
            "char",
            "character",
            "check",
            "coalesce",
            "constraint",
            "create",
            "dec",
            "decimal",
            "default",
            "distinct",
            "do",
            "else",
            "except",
            "exists",
            "extract",
            "fetch",
            "float",
            "for",
            "foreign",
            "from",
            "greatest",
            "group",
            "grouping",
            "having",
            "in",
            "intersect",
            "interval",
            "into",
            "lateral",
            "least",
            "limit",
            "national",
            "nchar",
            "not",
            "nullif",
            "numeric",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "overlay",
            "position",
            "precision",
            "primary",
            "real",
            "references",
            "returning",
            "row",
            "select",
            "smallint",
            "some",
            "substring",
            "table",
            "then",
            "time",
            "timestamp",
            "to",
            "treat",
            "trim",
            "union",
            "unique",
            "using",
            "values",
            "varchar",
            "when",
            "where",
            "window",
            "with",
            "xmlattributes",
            "xmlconcat",
            "xmlelement",
            "xmlexists",
            "xmlforest",
            "xmlnamespaces",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize",
            "xmltable",
            "ilike",
            "like",
            "similar",
            "is",
            "isnull",
            "notnull");

    /** Words that are no call right after one of these; elsewhere a user's function may bear the name. */
    private static final Map<String, Set<String>> NO_CALL_AFTER = Map.of(
            "by", Set.of("group", "order", "partition"),
            "materialized", Set.of("as", "not"),
            "sets", Set.of("grouping"),
            "first", Set.of("fetch"),
            "next", Set.of("fetch"),
            "bernoulli", Set.of("tablesample"),
            "system", Set.of("tablesample"),
            "varying", Set.of("character", "char", "bit", "nchar"),
            "conflict", Set.of("on"),
            "set", Set.of("update"));

    private static final Set<String> NO_CALL_AFTER_PARENTHESIS = Set.of("over", "filter", "repeatable");

    private final TokenCursor phrase;
    private final EffectsBuilder draft;

    FunctionReader(TokenCursor phrase, EffectsBuilder draft) {
        this.phrase = phrase;
        this.draft = draft;
    }

    void read() {
        for (int i = 0; i < phrase.size(); i++) {
            if (phrase.symbol(i + 1, "(") && phrase.name(i) && !phrase.isNotCall(i)) {
                boolean qualified = phrase.symbol(i - 1, ".");
                int first;
                if (qualified && phrase.name(i - 2)) {
                    first = i - 2;
                } else {
                    first = i;
                }
                if (!isType(first) && (qualified || !isKeyword(i))) {
                    call(i, qualified ? phrase.value(i - 2) : "");
                }
            }
        }
    }

    private boolean isType(int first) {
        return phrase.symbol(first - 1, "::") || phrase.word(first - 1, "as");
    }

    private boolean isKeyword(int at) {
        if (phrase.token(at).kind() != TokenKind.IDENT) {
            return false;
        }
        String word = phrase.value(at);
        if (NEVER_CALLS.contains(word)) {
            return true;
        }
        if (NO_CALL_AFTER_PARENTHESIS.contains(word) && phrase.symbol(at - 1, ")")) {
            return true;
        }
        if (word.equals("operator")) {
            return phrase.token(phrase.close(at + 1) - 1).kind() == TokenKind.OPERATOR;
        }
        return phrase.wordIn(at - 1, NO_CALL_AFTER.getOrDefault(word, Set.of()));
    }

    private void call(int at, String schema) {
        String name = phrase.value(at);
        if (FunctionNames.hasSideEffects(name)) {
            draft.write("the function " + name + "()");
            draft.unknownFunctions = true;
        } else if (FunctionNames.changesSequence(name)) {
            draft.touch("the function " + name + "()");
            draft.calls.add(name);
        } else if (name.equals("set_config")) {
            SettingRules.setConfig(phrase, at + 2, draft);
        } else if (schema.isEmpty()) {
            callUnless(FunctionNames.isHarmless(name), name);
        } else {
            callUnless(schema.equals("pg_catalog") || schema.equals("information_schema"), name);
        }
    }

    private void callUnless(boolean harmless, String name) {
        if (!harmless) {
            draft.calls.add(name);
        }
    }
}
