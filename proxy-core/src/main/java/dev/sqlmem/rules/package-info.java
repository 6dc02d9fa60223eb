/**
 * What a person has ruled: how long the rows of a table may answer, and what of it may be kept at all; for all tables
 * ({@code --freshness}) and for single ones ({@code --table}).
 *
 * <p>{@link dev.sqlmem.rules.RuleText} reads a rule as it is written, {@link
 * dev.sqlmem.rules.TableRules} says what all rules together mean for one table. Plain data: nothing
 * here asks the server or holds rows.
 */
@NullMarked
package dev.sqlmem.rules;

import org.jspecify.annotations.NullMarked;
