package dev.baton.tool.curated;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what a source gives. */
final class Gathered implements CuratedSink {

  final List<CuratedDocument> documents = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  final Map<String, Integer> leftOut = new TreeMap<>();

  static Gathered of(CuratedSource source) throws IOException {
    Gathered gathered = new Gathered();
    source.read(gathered);
    return gathered;
  }

  /** The values of some fields of each document of a kind. */
  List<List<Object>> values(String kind, String... fields) {
    return documents.stream()
        .filter(document -> document.kind().equals(kind))
        .map(document -> {
          List<Object> values = new ArrayList<>();
          for (String field : fields) {
            values.add(document.fields().get(field));
          }
          return values;
        })
        .toList();
  }

  List<List<Object>> triples() {
    return values("triple", "subject", "relation", "object");
  }

  @Override
  public void accept(CuratedDocument document) {
    documents.add(document);
  }

  @Override
  public void broken(BrokenException fault) {
    faults.add(fault.getMessage());
  }

  @Override
  public void leftOut(Place place, String reason) {
    leftOut.merge(reason, 1, Integer::sum);
  }
}
