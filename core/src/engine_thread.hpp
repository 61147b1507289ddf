#pragma once

#include "check_worker.hpp"
#include "grid_worker.hpp"
#include "pacer.hpp"
#include "sweep_worker.hpp"

#include <deltascope/engine.hpp>
#include <deltascope/triple_buffer.hpp>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace deltascope {

/// The engine's inside: the session, its thread and what crosses to the reader.
class Engine::Thread {
 public:
  Thread(const Document& document, Options options);
  ~Thread();

  // The reader's side.
  void post(std::vector<Request> requests);
  bool refresh();
  const Snapshot& snapshot() const { return snapshots_.front(); }
  const GridSnapshot& grid() const { return grids_.front(); }
  const CheckSnapshot& check() const { return checks_.front(); }
  const SweepSnapshot& sweep() const { return sweeps_.front(); }
  void drain_history(History& history);

 private:
  void run();
  void guarded_turn();
  void turn();
  void wait_for_work();
  void wake();  // from the worker's thread

  void take_mail();
  void handle(const Command& command);
  void handle(const Play&);
  void handle(const Pause&);
  void handle(const RunTo& request);
  void handle(const StepOnce&);
  void handle(const SetSpeed& request);
  void handle(const Look& request);
  void handle(const GoToStep& request);
  void handle(const RunCheck&);
  void handle(const CancelCheck&);
  void handle(const RunSweep& request);
  void handle(const CancelSweep&);
  void handle(const OpenDocument& request);
  void handle(const Capture& request);

  void step_until_looked_at(std::uint64_t steps);
  // Steps between these two are what the curves call seconds; nothing else is.
  void begin_work();
  void end_work();
  bool can_step() const { return !session_.divergence() && session_.data().size() > 0; }
  void take_faults();
  void say(bool refused, std::string text);
  void publish_preview();
  void fill_preview(Snapshot& slot);
  void publish_step();
  bool evaluates_each_time() const;
  void fill_state(Snapshot& slot);
  void fill_log(Snapshot& slot);
  void send(Snapshot& slot);

  Session session_;
  Options options_;
  Pacer pacer_;
  std::uint64_t steps_in_a_row_ = 1;  // without a look at the mail
  double work_start_seconds_ = 0.0;
  std::uint64_t work_start_step_ = 0;
  bool work_is_known_ = false;  // it goes along what was done before
  Look look_;
  bool playing_ = false;
  std::optional<std::uint64_t> pause_at_;  // a step to play to
  bool check_wanted_ = false;              // of what is published next
  bool changed_ = true;                    // since the last publication
  std::uint64_t last_number_ = 0;
  std::uint64_t notice_count_ = 0;
  std::deque<Notice> notices_;
  std::shared_ptr<const std::vector<LogLine>> log_lines_;  // null: to be written anew
  std::uint64_t log_revision_ = 0;

  std::mutex mail_mutex_;
  std::condition_variable wake_;
  std::vector<Request> mail_;
  bool stopping_ = false;
  std::atomic<bool> has_mail_{false};  // so that stepping need not lock to look

  TripleBuffer<Snapshot> snapshots_;
  std::mutex curves_mutex_;
  HistoryUpdate curves_;
  GridWorker grids_;
  CheckWorker checks_;
  SweepWorker sweeps_;
  std::thread thread_;  // last: starts when everything else exists
};

}  // namespace deltascope
