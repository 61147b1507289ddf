// A session's way from its start, kept in a document and gone again.

#include <deltascope/session_file.hpp>

#include <utility>

namespace deltascope {

Document make_document(const Session& session) {
  // The whole run, whatever moment of it is looked at: the log leads to its end.
  const State& newest = session.newest();
  Document document = make_document(*newest.settings, *newest.data, newest.parameters);
  document.data = newest.data;  // shared: a recording of the same points adds none
  auto start = std::make_shared<Document>();
  start->settings = session.start().settings;
  start->data = session.start().data;
  start->parameters = *session.start().parameters;
  document.recording =
      std::make_shared<const Recording>(Recording{std::move(start), session.log(), newest.step});
  return document;
}

std::optional<Session> replay(const Recording& recording, Problems& problems,
                              const KeepGoing& keep_going) {
  Session session = make_session(*recording.start);
  Problems found;
  const bool is_done = replay(session, recording.log, found, keep_going) &&
                       advance_to(session, recording.steps, keep_going);
  if (is_done && session.state().step != recording.steps) {
    found.push_back({"steps", "is " + std::to_string(recording.steps) +
                                  ", but the run is at step " +
                                  std::to_string(session.state().step) + " then"});
  }
  for (Problem& problem : found)
    problems.push_back({"recording." + problem.where, std::move(problem.message)});
  if (!is_done || !found.empty()) return std::nullopt;
  return session;
}

}  // namespace deltascope
