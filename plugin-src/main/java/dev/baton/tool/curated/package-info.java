/**
 * Curated documents out of files: CSV of triples, JSON Lines, RDF. A source only reads and checks;
 * what is sent and where to is the command's. The only user of commons-csv and of RDF4J.
 *
 * <pre>{@code
 * new CsvTriples(file, CsvLayout.commas(), Path::newInputStream).read(sink);
 * }</pre>
 *
 * <p>Main types: {@link dev.baton.tool.curated.CuratedSource} and {@link
 * dev.baton.tool.curated.CuratedDocument}. Imports text.
 */
package dev.baton.tool.curated;
