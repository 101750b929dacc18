/** Measurements by hand: small main classes, compiled by the profile {@code bench}. */
package dev.baton.bench;
