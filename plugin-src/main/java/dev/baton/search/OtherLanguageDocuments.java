package dev.baton.search;

import dev.baton.text.EntityName;
import dev.baton.walk.Reached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds documents of another language by the names there of what the question names. */
final class OtherLanguageDocuments {

  private OtherLanguageDocuments() {}

  /** How well a document writes a name. */
  private record Written(OtherName name, Writing how) {

    double score() {
      return how.lexicalScore();
    }
  }

  /** By document id, why the names lead there; as far as documents say that they are names. */
  static Map<String, Reached> of(Corpus corpus, OtherLanguage other) throws IOException {
    List<OtherName> bound = new ArrayList<>();
    for (OtherName name : other.names()) {
      if (Leads.isBound(corpus, name.name(), name.entity())
          && Leads.isBound(corpus, EntityName.normalize(name.surface()), name.entity())) {
        bound.add(name);
      }
    }
    Map<String, Reached> reached = new HashMap<>();
    if (!bound.isEmpty()) {
      written(corpus.writing(other.only(bound)))
          .forEach((documentId, names) -> reached.put(documentId, reached(other, names)));
    }
    return reached;
  }

  /** By document id and entity, the names that documents write. */
  private static Map<String, Map<String, Written>> written(Map<OtherName, List<Writing>> writings) {
    Map<String, Map<String, Written>> written = new TreeMap<>();
    writings.forEach((name, documents) ->
        documents.forEach(document ->
            written
                .computeIfAbsent(document.documentId(), id -> new TreeMap<>())
                .merge(
                    name.entity(),
                    new Written(name, document),
                    (a, b) -> b.score() > a.score() ? b : a)));
    return written;
  }

  private static Reached reached(OtherLanguage other, Map<String, Written> byEntity) {
    Collection<Written> names = byEntity.values();
    double sum = names.stream().mapToDouble(Written::score).sum();
    Written best = Collections.max(names, Comparator.comparingDouble(Written::score));
    return new Reached(
        best.name().entity(),
        other.granted(sum, best.how().vectorScore()),
        best.name().surface(),
        Optional.empty(),
        best.name().name());
  }
}
