package dev.baton.solr;

import dev.baton.graph.Entity;
import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphView;
import dev.baton.graph.GraphView.Edge;
import dev.baton.graph.Neighbourhood.WeightedTriple;
import dev.baton.graph.Triple;
import dev.baton.graph.tinker.TinkerGraphs;
import dev.baton.reasoning.VisibleInferences;
import dev.baton.text.XmlText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.solr.core.SolrCore;
import org.apache.solr.internal.csv.CSVPrinter;
import org.apache.solr.internal.csv.CSVStrategy;

/**
 * A whole graph as it is written out, entity by entity: nothing is held but what is being written.
 * Entities have id, name and type; relations have weight, the documents that state them, and where
 * only rules give them {@code derived} and {@code confidence}.
 *
 * @param graph what the request may see of it
 * @param view the same, with what follows from it where that was asked for
 * @param inferences what follows from it
 */
record GraphExport(Format format, FoldedGraph graph, GraphView view, VisibleInferences inferences)
    implements SolrCore.RawWriter {

  /** How a graph is written. */
  enum Format {
    /** For Gephi, Cytoscape, yEd and whatever else reads it. */
    GRAPHML("application/graphml+xml; charset=UTF-8"),
    /** For Gremlin: an entity with its relations on each line. */
    GRAPHSON("application/json; charset=UTF-8"),
    /** RDF; co-occurrences are no statements and are left out. */
    NTRIPLES("application/n-triples; charset=UTF-8"),
    /** The nodes for Neo4j's import. */
    CSV_ENTITIES("text/csv; charset=UTF-8"),
    /** The relationships for Neo4j's import. */
    CSV_RELATIONS("text/csv; charset=UTF-8");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  private static final String GRAPHML_NAMESPACE = "http://graphml.graphdrawing.org/xmlns";
  private static final String LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>";
  private static final String TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

  @Override
  public String getContentType() {
    return format.contentType;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    switch (format) {
      case GRAPHML -> writeGraphMl(writer);
      case GRAPHSON -> TinkerGraphs.writeGraphSon(graph.ids(), view, out);
      case NTRIPLES -> writeNTriples(writer);
      case CSV_ENTITIES -> writeEntities(writer);
      case CSV_RELATIONS -> writeRelations(writer);
    }
    writer.flush();
  }

  /** Takes what is written. */
  @FunctionalInterface
  private interface Sink<T, E extends Exception> {
    void accept(T item) throws E;
  }

  private <E extends Exception> void forEachEntity(Sink<Entity, E> sink) throws E {
    for (String id : graph.ids()) {
      sink.accept(graph.entity(id).orElseThrow());
    }
  }

  /** Every relation once, from its subject. */
  private <E extends Exception> void forEachRelation(Sink<WeightedTriple, E> sink) throws E {
    for (String id : graph.ids()) {
      for (Edge edge : view.edges(id, null, Integer.MAX_VALUE)) {
        WeightedTriple link = WeightedTriple.of(id, edge);
        if (link.triple().subject().equals(id)) {
          sink.accept(link);
        }
      }
    }
  }

  private void writeGraphMl(Writer writer) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("graphml");
      xml.writeDefaultNamespace(GRAPHML_NAMESPACE);
      key(xml, "name", "node", "string");
      key(xml, "labelV", "node", "string");
      key(xml, "labelE", "edge", "string");
      key(xml, "weight", "edge", "int");
      key(xml, "derived", "edge", "boolean");
      key(xml, "confidence", "edge", "float");
      xml.writeStartElement("graph");
      xml.writeAttribute("id", "baton");
      xml.writeAttribute("edgedefault", "directed");
      forEachEntity(entity -> {
        xml.writeStartElement("node");
        xml.writeAttribute("id", XmlText.printable(entity.id()));
        data(xml, "labelV", graph.type(entity.id()));
        data(xml, "name", entity.name());
        xml.writeEndElement();
      });
      int[] edges = new int[1];
      forEachRelation(link -> {
        Triple triple = link.triple();
        xml.writeStartElement("edge");
        xml.writeAttribute("id", "e" + edges[0]++);
        xml.writeAttribute("source", XmlText.printable(triple.subject()));
        xml.writeAttribute("target", XmlText.printable(triple.object()));
        data(xml, "labelE", triple.relation());
        data(xml, "weight", Integer.toString(link.weight()));
        if (link.weight() == 0) {
          data(xml, "derived", "true");
          data(xml, "confidence", Float.toString(inferences.confidence(triple)));
        }
        xml.writeEndElement();
      });
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void key(XMLStreamWriter xml, String name, String of, String type)
      throws XMLStreamException {
    xml.writeEmptyElement("key");
    xml.writeAttribute("id", name);
    xml.writeAttribute("for", of);
    xml.writeAttribute("attr.name", name);
    xml.writeAttribute("attr.type", type);
  }

  private static void data(XMLStreamWriter xml, String key, String value)
      throws XMLStreamException {
    xml.writeStartElement("data");
    xml.writeAttribute("key", key);
    xml.writeCharacters(XmlText.printable(value));
    xml.writeEndElement();
  }

  private void writeNTriples(Writer writer) throws IOException {
    forEachEntity(entity -> {
      String subject = iri("entity", entity.id());
      statement(writer, subject, LABEL, literal(entity.name()));
      for (String type : graph.types(entity.id())) {
        statement(writer, subject, TYPE, iri("type", type));
      }
    });
    forEachRelation(link -> {
      Triple triple = link.triple();
      if (!triple.relation().equals(GraphView.COOCCURS)) {
        statement(
            writer,
            iri("entity", triple.subject()),
            iri("relation", triple.relation()),
            iri("entity", triple.object()));
      }
    });
  }

  private static void statement(Writer writer, String... parts) throws IOException {
    writer.write(String.join(" ", parts));
    writer.write(" .\n");
  }

  private static String iri(String kind, String name) {
    return "<urn:baton:"
        + kind
        + ":"
        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")
        + ">";
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> literal.append(c);
      }
    }
    return literal.append('"').toString();
  }

  private void writeEntities(Writer writer) throws IOException {
    CSVPrinter csv = new CSVPrinter(writer, CSVStrategy.EXCEL_STRATEGY);
    csv.println(new String[] {"id:ID", "name", ":LABEL"});
    forEachEntity(
        entity -> csv.println(new String[] {entity.id(), entity.name(), graph.type(entity.id())}));
    csv.flush();
  }

  private void writeRelations(Writer writer) throws IOException {
    CSVPrinter csv = new CSVPrinter(writer, CSVStrategy.EXCEL_STRATEGY);
    csv.println(
        new String[] {
          ":START_ID", ":TYPE", ":END_ID", "weight:int", "derived:boolean", "confidence:float"
        });
    forEachRelation(link -> {
      boolean derived = link.weight() == 0;
      csv.println(
          new String[] {
            link.triple().subject(),
            link.triple().relation(),
            link.triple().object(),
            Integer.toString(link.weight()),
            Boolean.toString(derived),
            derived ? Float.toString(inferences.confidence(link.triple())) : "1.0"
          });
    });
    csv.flush();
  }
}
