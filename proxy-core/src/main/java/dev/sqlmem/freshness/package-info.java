/**
 * How long the rows of a table may answer, and what of it may be kept at all: the rules that a person gives
 * for all tables ({@code --freshness}) and for single ones ({@code --table}).
 *
 * <p>{@link dev.sqlmem.freshness.RuleText} reads a rule as it is written, {@link
 * dev.sqlmem.freshness.TableRules} says what all rules together mean for one table. Plain data: nothing
 * here asks the server or holds rows.
 */
@NullMarked
package dev.sqlmem.freshness;

import org.jspecify.annotations.NullMarked;
