package dev.baton.tool.curated;

import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;
import org.eclipse.rdf4j.rio.turtle.TurtleParser;

/** How RDF is written. */
public enum RdfSyntax {
  TURTLE,
  N_TRIPLES;

  RDFParser parser() {
    return this == TURTLE ? new TurtleParser() : new NTriplesParser();
  }
}
