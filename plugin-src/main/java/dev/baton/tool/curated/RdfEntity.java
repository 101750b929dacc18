package dev.baton.tool.curated;

import java.util.LinkedHashSet;
import java.util.Set;

/** What files say of one IRI. Not thread-safe. */
final class RdfEntity {

  final String iri;
  final Place place;

  /** How many were met before it. */
  final int order;

  final RdfTexts names = new RdfTexts();
  final RdfTexts aliases = new RdfTexts();
  final RdfTexts descriptions = new RdfTexts();
  final Set<String> types = new LinkedHashSet<>(2);

  RdfEntity(String iri, Place place, int order) {
    this.iri = iri;
    this.place = place;
    this.order = order;
  }

  /** Whether there is anything that a document of its own would say. */
  boolean isDescribed() {
    return !names.isEmpty() || !aliases.isEmpty() || !descriptions.isEmpty() || !types.isEmpty();
  }

  /** Takes over what is said of another IRI for the same thing. */
  void takeOver(RdfEntity other) {
    names.addAll(other.names);
    aliases.addAll(other.aliases);
    descriptions.addAll(other.descriptions);
    types.addAll(other.types);
  }

  /** Its name in a language if it has one, else in the other, else the readable end of its IRI. */
  String name(String language) {
    return names.isEmpty() ? LocalName.of(iri) : names.inOrder(language).get(0);
  }
}
