package dev.baton.extraction.values;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates as Solr's DateRangeField reads them. Years count as in ISO 8601: 0 is 1 BC, -220 is 221 BC.
 */
final class DateValue {

  /** Latest year that is taken for one. */
  static final int LAST_YEAR = 2_099;

  private static final int MONTHS = 12;

  private DateValue() {}

  /** The year that a history book gives, as ISO counts it. */
  static int year(int written, boolean beforeChrist) {
    return beforeChrist ? 1 - written : written;
  }

  static Optional<String> of(int year) {
    return year > LAST_YEAR
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, year < 0 ? "%05d" : "%04d", year));
  }

  /** Empty for a month that is none. */
  static Optional<String> of(int year, int month) {
    return month < 1 || month > MONTHS
        ? Optional.empty()
        : of(year).map(y -> String.format(Locale.ROOT, "%s-%02d", y, month));
  }

  /** Empty for a day that is not in the calendar. */
  static Optional<String> of(int year, int month, int day) {
    try {
      LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return of(year, month).map(m -> String.format(Locale.ROOT, "%s-%02d", m, day));
  }

  /** All years from one to another. */
  static Optional<String> range(int from, int to) {
    return of(from).flatMap(first -> of(to).map(last -> "[" + first + " TO " + last + "]"));
  }

  /** The years of a century: the 19th is 1801 to 1900. */
  static Optional<String> century(int number, boolean beforeChrist) {
    if (number < 1 || number > (beforeChrist ? 99 : 21)) {
      return Optional.empty();
    }
    return beforeChrist
        ? range(1 - number * 100, -(number - 1) * 100)
        : range((number - 1) * 100 + 1, Math.min(number * 100, LAST_YEAR));
  }
}
