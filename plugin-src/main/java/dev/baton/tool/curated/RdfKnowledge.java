package dev.baton.tool.curated;

import dev.baton.text.EntityName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Statement;

/**
 * RDF files, read together: first what they say of each thing, which becomes an entity with names,
 * aliases, type and description, then the relations between things. Names stand in memory,
 * relations do not.
 *
 * @param language zh or en: of several names and descriptions, which one comes first
 */
public record RdfKnowledge(List<RdfFile> files, String language) implements CuratedSource {

  public RdfKnowledge {
    files = List.copyOf(files);
  }

  @Override
  public void read(CuratedSink sink) throws IOException {
    RdfDescriptions said = new RdfDescriptions(sink);
    for (RdfFile file : files) {
      file.read(said::add, sink::broken);
    }
    said.mergeSame();
    Map<String, String> ids = ids(said);
    for (RdfEntity entity : said.things()) {
      String id = ids.get(entity.iri);
      if (entity.isDescribed() || !id.equals(entity.name(language))) {
        take(sink, () -> entity(entity, id, said, sink));
      }
    }
    for (RdfFile file : files) {
      file.read(
          (statement, place) -> {
            if (RdfDescriptions.isRelation(statement)) {
              relation(statement, place, said, ids, sink);
            }
          },
          fault -> {});
    }
  }

  private interface Document {
    CuratedDocument get();
  }

  private static void take(CuratedSink sink, Document document) {
    try {
      sink.accept(document.get());
    } catch (BrokenException e) {
      sink.broken(e);
    }
  }

  /**
   * The entity id of each thing: its name. Where several have the same name, the end of the IRI is
   * put behind it, or all of it where the ends are the same, too.
   */
  private Map<String, String> ids(RdfDescriptions said) {
    Map<String, List<RdfEntity>> byName = new HashMap<>();
    for (RdfEntity thing : said.things()) {
      String name = EntityName.normalize(thing.name(language));
      byName.computeIfAbsent(name, none -> new ArrayList<>(1)).add(thing);
    }
    Map<String, String> ids = new HashMap<>();
    for (List<RdfEntity> namesakes : byName.values()) {
      Set<String> ends = new HashSet<>();
      namesakes.forEach(thing -> ends.add(EntityName.normalize(LocalName.of(thing.iri))));
      boolean endsDiffer = ends.size() == namesakes.size();
      for (RdfEntity thing : namesakes) {
        String name = thing.name(language);
        String end = endsDiffer ? LocalName.of(thing.iri) : thing.iri;
        ids.put(thing.iri, namesakes.size() == 1 ? name : name + " (" + end + ")");
      }
    }
    return ids;
  }

  private CuratedDocument entity(
      RdfEntity entity, String entityId, RdfDescriptions said, CuratedSink sink) {
    String name = CuratedName.of(entity.place, "name", entity.name(language));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", "entity:" + entity.iri);
    fields.put("kind", "entity");
    fields.put("name", name);
    if (!entityId.equals(name)) {
      fields.put("entity_id", CuratedName.of(entity.place, "entity_id", entityId));
    }
    type(entity, said, sink, fields);
    Set<String> aliases = new LinkedHashSet<>(entity.names.inOrder(language));
    aliases.addAll(entity.aliases.inOrder(language));
    aliases.remove(name);
    if (!aliases.isEmpty()) {
      fields.put("aliases", List.copyOf(aliases));
    }
    List<String> descriptions = entity.descriptions.inOrder(language);
    if (!descriptions.isEmpty()) {
      fields.put("description", descriptions.get(0));
    }
    descriptions.stream()
        .skip(1)
        .forEach(more -> sink.leftOut(entity.place, "a second description of an entity"));
    return new CuratedDocument(entity.place, fields);
  }

  /** The first type that Baton has a word for, else the first one by its own name. */
  private void type(
      RdfEntity entity, RdfDescriptions said, CuratedSink sink, Map<String, Object> fields) {
    entity.types.stream()
        .flatMap(type -> RdfWords.type(type).stream())
        .findFirst()
        .or(() -> entity.types.stream().map(type -> word(type, said)).findFirst())
        .filter(type -> type.length() <= KnowledgeLines.MAX_TYPE)
        .ifPresent(type -> fields.put("entity_type", type));
    int kept = fields.containsKey("entity_type") ? 1 : 0;
    entity.types.stream()
        .skip(kept)
        .forEach(more -> sink.leftOut(entity.place, "a second type of an entity"));
  }

  /** What a relation or a class is called. */
  private String word(String iri, RdfDescriptions said) {
    return said.of(iri).map(word -> word.name(language)).orElseGet(() -> LocalName.of(iri));
  }

  private void relation(
      Statement statement,
      Place place,
      RdfDescriptions said,
      Map<String, String> ids,
      CuratedSink sink) {
    String predicate = statement.getPredicate().stringValue();
    String relation = word(predicate, said);
    String subject = ids.get(said.merged(statement.getSubject().stringValue()));
    if (statement.getSubject() instanceof BNode || statement.getObject() instanceof BNode) {
      sink.leftOut(place, "a blank node has no name that lasts");
    } else if (RdfWords.isDifferentFrom(predicate)) {
      different(statement, place, subject, said, ids, sink);
    } else if (RdfWords.isOfVocabularies(predicate) || subject == null) {
      sink.leftOut(place, "a statement about words: " + relation);
    } else if (!(statement.getObject() instanceof IRI object)) {
      sink.leftOut(place, "a literal is no entity, and facts are not curated: " + relation);
    } else if (RdfWords.isPage(predicate)) {
      sink.leftOut(place, "a page is no entity: " + relation);
    } else {
      String other = ids.get(said.merged(object.stringValue()));
      String name = other == null ? word(object.stringValue(), said) : other;
      take(
          sink,
          () ->
              CuratedDocument.triple(
                  place,
                  CuratedName.of(place, "subject", subject),
                  CuratedName.of(place, "relation", relation),
                  CuratedName.of(place, "object", name)));
    }
  }

  private static void different(
      Statement statement,
      Place place,
      String subject,
      RdfDescriptions said,
      Map<String, String> ids,
      CuratedSink sink) {
    String other = ids.get(said.merged(statement.getObject().stringValue()));
    if (subject == null || other == null) {
      sink.leftOut(place, "owl:differentFrom with something that is no entity");
    } else {
      take(
          sink,
          () ->
              CuratedDocument.pair(
                  place,
                  "different_from",
                  CuratedName.of(place, "subject", subject),
                  CuratedName.of(place, "object", other)));
    }
  }
}
