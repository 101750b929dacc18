/**
 * The commands behind {@code scripts/}: index a collection, measure it, show it, time it. They talk
 * to Solr over HTTP as any client does, and are no part of the plugin:
 *
 * <pre>{@code
 * java -Dbaton.root=. -cp launcher.jar:... dev.baton.tool.Main evaluate --collection DIR
 * }</pre>
 *
 * <p>Main type: {@link dev.baton.tool.Main}. Imports what it needs; nothing imports it.
 */
package dev.baton.tool;
