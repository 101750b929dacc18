package dev.baton.solr;

import dev.baton.extraction.LinkedMention;
import dev.baton.graph.GraphTerms;
import dev.baton.text.EntityName;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * What curators say of the names in one document: that a name means an entity, whatever the text
 * suggests. Corrections are terms {@code document id, name, entity id} of the curated documents
 * ({@link EnrichmentFields#CORRECTS}); a document whose reading followed them carries the same
 * terms ({@link EnrichmentFields#CORRECTED}), so that the index tells which documents are to be
 * read again because a correction came or went.
 *
 * @param terms in order; where two say different things of a name, the first counts
 */
record MentionCorrections(SortedSet<String> terms) {

  /** Nobody corrects anything. */
  static final MentionCorrections NONE = new MentionCorrections(new TreeSet<>());

  /** The term that says that in a document a name means an entity. */
  static String term(String documentId, String name, String entity) {
    return GraphTerms.term(documentId, EntityName.normalize(name), EntityName.normalize(entity));
  }

  /** Those for one document. A look-up for each segment. */
  static MentionCorrections of(IndexReader reader, String documentId) throws IOException {
    SortedSet<String> terms =
        live(reader, EnrichmentFields.CORRECTS, GraphTerms.term(documentId, ""));
    return terms.isEmpty() ? NONE : new MentionCorrections(terms);
  }

  /**
   * The ids of the documents, there or not, that no reading has yet brought in line with what
   * stands. O(corrections).
   */
  static Set<String> toBeFollowed(IndexReader reader) throws IOException {
    Set<String> standing = live(reader, EnrichmentFields.CORRECTS, "");
    Set<String> followed = live(reader, EnrichmentFields.CORRECTED, "");
    Set<String> ids = new LinkedHashSet<>();
    for (String term : standing) {
      if (!followed.contains(term)) {
        ids.add(GraphTerms.first(term));
      }
    }
    for (String term : followed) {
      if (!standing.contains(term)) {
        ids.add(GraphTerms.first(term));
      }
    }
    return ids;
  }

  /** The mentions, those of a corrected name linked as the curator says. */
  List<LinkedMention> applied(List<LinkedMention> mentions) {
    if (terms.isEmpty()) {
      return mentions;
    }
    Map<String, String> meant = meant();
    return mentions.stream()
        .map(linked -> {
          String entity = meant.get(EntityName.normalize(linked.mention().surface()));
          return entity == null || linked.mention().value().isPresent()
              ? linked
              : new LinkedMention(linked.mention(), entity, OptionalDouble.of(1));
        })
        .toList();
  }

  /** Ids that a title names, as the curator says. */
  List<String> appliedTo(List<String> ids) {
    Map<String, String> meant = meant();
    return ids.stream().map(id -> meant.getOrDefault(id, id)).distinct().toList();
  }

  /** Name to entity. */
  private Map<String, String> meant() {
    Map<String, String> meant = new TreeMap<>();
    for (String term : terms) {
      String[] parts = GraphTerms.parts(term, 3);
      meant.putIfAbsent(parts[1], parts[2]);
    }
    return meant;
  }

  /** The terms of a field that begin with a prefix and that a live document carries. */
  private static SortedSet<String> live(IndexReader reader, String field, String prefix)
      throws IOException {
    SortedSet<String> found = new TreeSet<>();
    BytesRef begin = new BytesRef(prefix);
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(field);
      TermsEnum term = terms == null ? null : terms.iterator();
      if (term == null || term.seekCeil(begin) == TermsEnum.SeekStatus.END) {
        continue;
      }
      BytesRef bytes = term.term();
      while (bytes != null && StringHelper.startsWith(bytes, begin)) {
        if (isLive(leaf.reader(), term)) {
          found.add(bytes.utf8ToString());
        }
        bytes = term.next();
      }
    }
    return found;
  }

  private static boolean isLive(LeafReader segment, TermsEnum term) throws IOException {
    if (segment.getLiveDocs() == null) {
      return true;
    }
    PostingsEnum postings = term.postings(null, PostingsEnum.NONE);
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      if (segment.getLiveDocs().get(doc)) {
        return true;
      }
    }
    return false;
  }
}
