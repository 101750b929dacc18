package dev.baton.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.search.knn.MultiLeafKnnCollector;
import org.apache.lucene.search.knn.TopKnnCollectorManager;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.BlockingFloatHeap;

/**
 * The nearest documents by their own vectors. The candidates are given to each segment as the bits
 * that they are: Lucene's filter of such a query is gathered document by document. Each segment is
 * searched for its share of the nearest and a good margin, and once more for all of them if its
 * whole share is among the nearest, as Lucene 10 does. For one search.
 */
final class NearestOwnVectors extends KnnFloatVectorQuery {

  /** By so many standard deviations a share is larger than documents spread by chance need. */
  private static final int MARGIN = 16;

  private final Candidates candidates;
  private IndexSearcher searcher;
  private int[] shares;

  /**
   * @param candidates the documents that may be among them; null for all
   */
  NearestOwnVectors(VectorChannel channel, int count, Candidates candidates) {
    super(channel.field(), channel.vector(), count);
    this.candidates = candidates;
  }

  @Override
  public Query rewrite(IndexSearcher its) throws IOException {
    searcher = its;
    shares = shares(its.getIndexReader().leaves());
    return super.rewrite(its);
  }

  private int[] shares(List<LeafReaderContext> leaves) throws IOException {
    int[] sizes = new int[leaves.size()];
    for (LeafReaderContext leaf : leaves) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      sizes[leaf.ord] = vectors == null ? 0 : vectors.size();
    }
    double all = Math.max(1, Arrays.stream(sizes).asLongStream().sum());
    return Arrays.stream(sizes)
        .map(size -> {
          double part = size / all;
          double share = k * part + MARGIN * Math.sqrt(k * part * (1 - part));
          return (int) Math.max(1, Math.min(k, Math.ceil(share)));
        })
        .toArray();
  }

  @Override
  protected KnnCollectorManager getKnnCollectorManager(int count, IndexSearcher its) {
    BlockingFloatHeap best = new BlockingFloatHeap(count);
    return (visitedLimit, leaf) ->
        new MultiLeafKnnCollector(
            shares[leaf.ord], best, new TopKnnCollector(shares[leaf.ord], visitedLimit));
  }

  @Override
  protected TopDocs approximateSearch(
      LeafReaderContext leaf, Bits live, int visitedLimit, KnnCollectorManager collectors)
      throws IOException {
    boolean isSmall = NearestVectors.isSmall(leaf, field);
    if (candidates == null) {
      return isSmall
          ? exactSearch(leaf, NearestVectors.documents(leaf, field, live), null)
          : super.approximateSearch(leaf, live, visitedLimit, collectors);
    }
    int allowed = candidates.count(leaf);
    if (allowed > k && !isSmall) {
      TopDocs found =
          super.approximateSearch(leaf, candidates.among(leaf, live), allowed + 1, collectors);
      if (found.totalHits.relation == TotalHits.Relation.EQUAL_TO) {
        return found;
      }
    }
    return allowed == 0
        ? TopDocsCollector.EMPTY_TOPDOCS
        : exactSearch(leaf, NearestVectors.among(candidates.docs(leaf), live), null);
  }

  @Override
  protected TopDocs mergeLeafResults(TopDocs[] found) {
    TopDocs merged = super.mergeLeafResults(found);
    boolean isShort = merged.scoreDocs.length < k;
    float last = isShort ? Float.NEGATIVE_INFINITY : merged.scoreDocs[k - 1].score;
    boolean again = false;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      ScoreDoc[] hits = found[leaf.ord].scoreDocs;
      if (hits.length == shares[leaf.ord]
          && hits.length < k
          && hits[hits.length - 1].score >= last) {
        found[leaf.ord] = whole(leaf);
        again = true;
      }
    }
    return again ? super.mergeLeafResults(found) : merged;
  }

  /** The nearest of a segment, as many as of all. */
  private TopDocs whole(LeafReaderContext leaf) {
    try {
      TopDocs found =
          approximateSearch(
              leaf,
              leaf.reader().getLiveDocs(),
              Integer.MAX_VALUE,
              new TopKnnCollectorManager(k, searcher));
      for (ScoreDoc hit : found.scoreDocs) {
        hit.doc += leaf.docBase;
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
