package dev.baton.tool.curated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;

/**
 * Gathers what files say of each IRI, as far as it is no relation between two things. In memory,
 * since a name may stand behind its use. Not thread-safe.
 */
final class RdfDescriptions {

  private final CuratedSink sink;
  private final Map<String, RdfEntity> entities = new LinkedHashMap<>();

  /** IRIs that are classes and relations. */
  private final Set<String> words = new HashSet<>();

  private final List<Same> same = new ArrayList<>();
  private final Map<String, String> mergedInto = new HashMap<>();

  private record Same(String one, String other, Place place) {}

  /**
   * @param sink told of faults and of what is left out
   */
  RdfDescriptions(CuratedSink sink) {
    this.sink = sink;
  }

  /** Whether a statement stands between two things, and belongs to {@link RdfKnowledge}. */
  static boolean isRelation(Statement statement) {
    return RdfWords.use(statement.getPredicate().stringValue()) == RdfWords.Use.RELATION;
  }

  void add(Statement statement, Place place) {
    words.add(statement.getPredicate().stringValue());
    if (!(statement.getSubject() instanceof IRI subject)) {
      if (!isRelation(statement)) {
        sink.leftOut(place, "a blank node has no name that lasts");
      }
      return;
    }
    Value object = statement.getObject();
    RdfEntity entity = entity(subject.stringValue(), place);
    switch (RdfWords.use(statement.getPredicate().stringValue())) {
      case PREFERRED_NAME -> text(entity.names, object, 0, "name", place);
      case NAME -> text(entity.names, object, 1, "name", place);
      case ALIAS -> text(entity.aliases, object, 0, "alias", place);
      case DESCRIPTION -> text(entity.descriptions, object, 0, "description", place);
      case TYPE -> type(entity, object, place);
      case SAME_AS -> same.add(new Same(entity.iri, object.stringValue(), place));
      case RELATION -> {
        if (object instanceof IRI iri) {
          entity(iri.stringValue(), place);
        }
      }
    }
  }

  private RdfEntity entity(String iri, Place place) {
    return entities.computeIfAbsent(iri, name -> new RdfEntity(name, place, entities.size()));
  }

  private void type(RdfEntity entity, Value object, Place place) {
    String type = object.stringValue();
    words.add(type);
    if (RdfWords.isTypeOfWords(type)) {
      words.add(entity.iri);
    } else if (!(object instanceof IRI)) {
      sink.leftOut(place, "a type without an IRI");
    } else if (RdfWords.isTelling(type)) {
      entity.types.add(type);
    }
  }

  private void text(RdfTexts texts, Value object, int rank, String field, Place place) {
    if (!(object instanceof Literal literal)) {
      sink.leftOut(place, "a " + field + " that is no text");
      return;
    }
    Optional<String> language = RdfTexts.language(literal.getLanguage());
    if (language.isEmpty()) {
      sink.leftOut(place, "a " + field + " in another language than zh and en");
      return;
    }
    try {
      String text =
          field.equals("description")
              ? CuratedName.text(place, field, literal.getLabel())
              : CuratedName.of(place, field, literal.getLabel());
      texts.add(text, language.get(), rank);
    } catch (BrokenException e) {
      sink.broken(e);
    }
  }

  /** Makes one of IRIs that are said to be the same, under the one that was met first. */
  void mergeSame() {
    for (Same pair : same) {
      RdfEntity one = entities.get(merged(pair.one()));
      RdfEntity other = entities.get(merged(pair.other()));
      if (other == null || (!other.isDescribed() && one != other)) {
        sink.leftOut(pair.place(), "owl:sameAs with something of which the files say nothing");
      } else if (one != other) {
        boolean inOrder = one.order < other.order;
        RdfEntity kept = inOrder ? one : other;
        RdfEntity gone = inOrder ? other : one;
        kept.takeOver(gone);
        mergedInto.put(gone.iri, kept.iri);
      }
    }
    mergedInto.keySet().forEach(entities::remove);
  }

  /** The IRI under which another one is kept. */
  String merged(String iri) {
    String kept = iri;
    for (String into = mergedInto.get(kept); into != null; into = mergedInto.get(kept)) {
      kept = into;
    }
    return kept;
  }

  /** What is said of an IRI that was met; of a relation or a class, too. */
  Optional<RdfEntity> of(String iri) {
    return Optional.ofNullable(entities.get(merged(iri)));
  }

  /** All things that are no words, in the order in which they were met. */
  List<RdfEntity> things() {
    return entities.values().stream().filter(entity -> !words.contains(entity.iri)).toList();
  }
}
