#include <deltascope/ui/outbox.hpp>

// Out of line: where g++ 12 inlines these moves of variants it warns of members that the chosen
// alternative does not have.
namespace deltascope::ui {

void Outbox::command(Action action, std::uint64_t gesture) {
  engine_.emplace_back(Command{std::move(action), gesture});
}

void Outbox::control(Request request) {
  engine_.push_back(std::move(request));
}

void Outbox::window(WindowRequest request) {
  window_.push_back(std::move(request));
}

void Outbox::drop_engine(const std::function<bool(const Request&)>& is_dropped) {
  std::erase_if(engine_, is_dropped);
}

}  // namespace deltascope::ui
