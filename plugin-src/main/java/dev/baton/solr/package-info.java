/**
 * What solrconfig.xml names: the update processors, the query parser and the request handlers. The
 * only package that knows Solr besides the launcher.
 */
package dev.baton.solr;
