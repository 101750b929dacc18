package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.solr.search.BitDocSet;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.SortedIntDocSet;

/**
 * The documents of a searcher that a request may see, as witnesses of graph terms. Exact, from the
 * postings. For one request and one thread.
 */
final class VisibleDocuments implements Visibility {

  private final SolrIndexSearcher searcher;
  private final DocSet visible;
  private final Map<FieldTerm, Integer> counted = new HashMap<>();

  /**
   * @param visible null for all live documents
   */
  VisibleDocuments(SolrIndexSearcher searcher, DocSet visible) {
    this.searcher = searcher;
    this.visible = visible;
  }

  @Override
  public int documents(String field, String term) {
    return counted.computeIfAbsent(
        new FieldTerm(field, term), fieldTerm -> documents(List.of(fieldTerm)));
  }

  /** How many documents carry at least one of some terms. */
  int documents(List<FieldTerm> terms) {
    int sum = 0;
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      if (terms.size() == 1) {
        int[] count = new int[1];
        visit(leaf, terms.get(0), doc -> ++count[0] > 0);
        sum += count[0];
      } else {
        FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
        for (FieldTerm term : terms) {
          visit(
              leaf,
              term,
              doc -> {
                found.set(doc);
                return true;
              });
        }
        sum += found.cardinality();
      }
    }
    return sum;
  }

  /** The documents that carry at least one of some terms. O(documents). */
  DocSet carrying(List<FieldTerm> terms) {
    FixedBitSet found = new FixedBitSet(searcher.maxDoc());
    addTo(found, terms);
    BitDocSet bits = new BitDocSet(found);
    // four bytes for each document, or a bit for each of all
    if (bits.size() > searcher.maxDoc() / Integer.SIZE) {
      return bits;
    }
    int[] docs = new int[bits.size()];
    int n = 0;
    for (DocIterator each = bits.iterator(); each.hasNext(); ) {
      docs[n++] = each.nextDoc();
    }
    return new SortedIntDocSet(docs);
  }

  /** How many documents have a value in a field. */
  int with(String field) {
    try {
      DocSet having = searcher.getDocSet(new FieldExistsQuery(field));
      return visible == null ? having.size() : having.intersectionSize(visible);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The ids of the first documents, in the order of the index, that carry at least one of some
   * terms.
   *
   * @param limit at most so many, at least 1
   */
  List<String> witnesses(List<FieldTerm> terms, int limit) {
    return docs(terms, limit).stream().map(this::id).toList();
  }

  /** The docIDs of the same documents. */
  List<Integer> docs(List<FieldTerm> terms, int limit) {
    List<Integer> docs = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      int wanted = limit - docs.size();
      if (wanted == 0) {
        break;
      }
      SortedSet<Integer> found = new TreeSet<>();
      for (FieldTerm term : terms) {
        int[] left = {wanted};
        visit(
            leaf,
            term,
            doc -> {
              found.add(doc);
              return --left[0] > 0;
            });
      }
      found.stream().limit(wanted).forEach(doc -> docs.add(leaf.docBase + doc));
    }
    return docs;
  }

  /** Adds the docIDs of all documents that carry at least one of some terms. */
  void addTo(FixedBitSet docs, List<FieldTerm> terms) {
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      for (FieldTerm term : terms) {
        visit(leaf, term, adding(docs, leaf));
      }
    }
  }

  /** The same for one term of a segment. */
  void addTo(FixedBitSet docs, LeafReaderContext leaf, TermsEnum term) throws IOException {
    visit(leaf, term, adding(docs, leaf));
  }

  private static IntPredicate adding(FixedBitSet docs, LeafReaderContext leaf) {
    return doc -> {
      docs.set(leaf.docBase + doc);
      return true;
    };
  }

  /** The stored values of a field of a document, by its docID. */
  List<String> stored(int doc, String field) {
    try {
      return List.of(searcher.getDocFetcher().doc(doc, Set.of(field)).getValues(field));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id of a document by its docID. */
  String id(int doc) {
    return stored(doc, searcher.getSchema().getUniqueKeyField().getName()).get(0);
  }

  /** Visits the visible documents of a term, in order, until the visitor has enough. */
  private void visit(LeafReaderContext leaf, FieldTerm fieldTerm, IntPredicate wantsMore) {
    try {
      Terms terms = leaf.reader().terms(fieldTerm.field());
      TermsEnum term = terms == null ? null : terms.iterator();
      if (term != null && term.seekExact(new BytesRef(fieldTerm.term()))) {
        visit(leaf, term, wantsMore);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void visit(LeafReaderContext leaf, TermsEnum term, IntPredicate wantsMore)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    PostingsEnum postings = term.postings(null, PostingsEnum.NONE);
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      boolean seen =
          visible == null ? live == null || live.get(doc) : visible.exists(leaf.docBase + doc);
      if (seen && !wantsMore.test(doc)) {
        return;
      }
    }
  }
}
