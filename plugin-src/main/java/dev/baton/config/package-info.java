/**
 * Settings as typed values. {@link dev.baton.config.SettingsReader} turns what a user wrote into
 * numbers, choices and lists, and collects every fault, each naming setting, value and rule; {@link
 * dev.baton.config.BlendSettings} holds those of a query with their defaults. Imports nothing of
 * ours.
 */
package dev.baton.config;
