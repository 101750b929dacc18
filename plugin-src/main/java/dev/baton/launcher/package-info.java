/**
 * A real Solr in Jetty, from the jars of Maven Central, for trying, testing and measuring Baton.
 * One node a process; the plugin is loaded from the Solr home, as on an installed Solr:
 *
 * <pre>{@code
 * java -cp launcher.jar:... dev.baton.launcher.Main --port 8983 --solr-home run/home \
 *     --plugin target/baton-plugin.zip --configset solr-config/baton
 * }</pre>
 *
 * <p>Main type: {@link dev.baton.launcher.SolrNode}. Knows nothing of the plugin's classes.
 */
package dev.baton.launcher;
